"""Text to typed value and back: money, dates, working time, percent, postcode, registered numbers."""
