"""What is done with actions (acting), what partners are asked (asking), whether it worked (reviewing), agencies."""
