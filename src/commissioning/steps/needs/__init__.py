"""Need: the gap in each cell, and how far a bid is aimed at it.

The score is targeting (weighted unmet need met per person the bid can serve), never volume, so that size earns
nothing. What has no figure is said to be not computable and handed to people; it is never zero.
"""

from commissioning.steps.needs.arithmetic import band_of, capacity_of, returns, show
from commissioning.steps.needs.cells import need_cells, standing_observations, weight_of
from commissioning.steps.needs.reach import delivery_posts, reach_of
from commissioning.steps.needs.targeting import CONFIDENCES, score_bid, score_need

__all__ = [
    "CONFIDENCES",
    "band_of",
    "capacity_of",
    "delivery_posts",
    "need_cells",
    "reach_of",
    "returns",
    "score_bid",
    "score_need",
    "show",
    "standing_observations",
    "weight_of",
]
