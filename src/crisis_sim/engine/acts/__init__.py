"""What seats ask for: `decide` refuses it or says what follows; what may be asked is known before it is asked."""
