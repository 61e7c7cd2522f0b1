"""The application that runs under a probed server: standard library only, on asyncio and Trio alike."""
