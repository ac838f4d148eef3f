"""The dialogue's custom actions, one a file. They hold ciphertext only and no private key."""
