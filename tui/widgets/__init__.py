"""What is seen, piece by piece: attributes come down, messages go up."""
