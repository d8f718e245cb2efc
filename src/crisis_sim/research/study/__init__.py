"""Many sessions together: their measures with intervals, questionnaires before and after, agreement of coders."""
