"""The pages about people, profiles and invitations."""
