"""What `make bench` runs: each table sets a time beside something else measured in the same run."""
