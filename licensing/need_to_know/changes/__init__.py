"""What is done with notes: drafted (drafting), approved and issued (issuing), put together monthly (reporting), and
proposed by what happened (proposing). Views commit."""
