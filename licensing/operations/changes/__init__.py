"""What is done with operations: planned and briefed (planning), recorded by night (recording), followed up and closed
(finishing); and test purchases (testing)."""
