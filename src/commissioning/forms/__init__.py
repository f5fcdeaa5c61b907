"""Everything that is asked and answered: bids, grids and review sheets alike."""
