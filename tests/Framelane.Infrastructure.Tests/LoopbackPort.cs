using System.Net;
using System.Net.Sockets;

namespace Framelane.Infrastructure.Tests;

/// <summary>
/// A port for a server that may go and come back. Not one of those that the system gives to clients: while the server is away one of its
/// own clients could get it, and hold it.
/// </summary>
static class LoopbackPort
{
    const int First = 10_000;

    /// <summary>Linux's clients begin there.</summary>
    const int End = 32_768;

    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }
}
