"""What runs inside the environment of a framework or a middleware: the program, and the server that probes play."""
