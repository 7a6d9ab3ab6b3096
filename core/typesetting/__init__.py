"""What the portal sets in type: pages as PDF, pictures with words."""
