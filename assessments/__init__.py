"""What people did in scenarios and quizzes, and what it shows."""
