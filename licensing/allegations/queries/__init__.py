"""What is read of allegations. Every row is given by the database alone to whoever opened or listed the case."""
