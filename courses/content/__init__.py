"""What content is: shapes, checks and the patient simulator, in pure Python without Django."""
