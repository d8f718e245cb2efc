"""What a session's record shows: the measures of the debrief and of research. Reads logs; plays and judges nothing."""
