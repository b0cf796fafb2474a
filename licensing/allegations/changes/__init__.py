"""What is done with allegations: every verb writes its entry in the restricted trail beside the change."""
