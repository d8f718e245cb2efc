"""What the rules make of acts: `judge` weighs them, presses lines and moves numbers; every change leaves its trace."""
