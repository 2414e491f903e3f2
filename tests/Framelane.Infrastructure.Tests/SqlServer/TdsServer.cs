using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Framelane.Infrastructure.Tests.SqlServer;

/// <summary>
/// Speaks as much of SQL Server's protocol (MS-TDS) as its driver needs to open connections and to send statements: how the driver takes what a server may
/// do can be seen where there is none. What is answered the test says; without a word from it, that a statement is done.
/// </summary>
sealed class TdsServer : IDisposable
{
    const byte PreLogin = 0x12, Attention = 0x06;

    readonly TcpListener listener = new(IPAddress.Loopback, 0);

    readonly List<Socket> clients = [];

    public TdsServer()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Given the text of a statement; null is silence.</summary>
    public Func<string, byte[]?> Answer { get; set; } = _ => Done();

    public string ConnectionString =>
        $"Server=127.0.0.1,{((IPEndPoint)listener.LocalEndpoint).Port};Database=framelane;User ID=framelane;Password=none;Encrypt=Optional;Connect Timeout=2;Pooling=false";

    /// <summary>One row of numbers.</summary>
    public static byte[] Row(params int[] values) =>
    [
        0x81, .. Short(values.Length), .. values.SelectMany(_ => new byte[] { 0, 0, 0, 0, 0, 0, 0x38, 0 }),
        0xD1, .. values.SelectMany(Int),
        .. Done(),
    ];

    /// <param name="errors">Number and class of each.</param>
    public static byte[] Errors(params (int Number, byte Class)[] errors) =>
    [
        .. errors.SelectMany(error =>
        {
            byte[] body = [.. Int(error.Number), 1, error.Class, .. Short(0), 0, 0, .. Int(1)];
            return (byte[])[0xAA, .. Short(body.Length), .. body];
        }),
        .. Done(0x02),
    ];

    public static byte[] Done(byte status = 0) => [0xFD, status, 0, 0, 0, .. new byte[8]];

    /// <summary>Ends all connections, and takes none any more.</summary>
    public void Dispose()
    {
        listener.Dispose();
        lock (clients)
            clients.ForEach(client => client.Dispose());
    }

    async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptSocketAsync();
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                return;
            }

            lock (clients)
                clients.Add(client);
            _ = ServeAsync(client);
        }
    }

    async Task ServeAsync(Socket client)
    {
        try
        {
            await using var stream = new NetworkStream(client);
            while (true)
            {
                var (type, body) = await ReadAsync(stream);
                if (Reply(type, body) is { } reply)
                    await stream.WriteAsync((byte[])[0x04, 0x01, .. BigEndian(reply.Length + 8), 0, 0, 1, 0, .. reply]);
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or EndOfStreamException)
        {
            // The client's connection is closed.
        }
    }

    byte[]? Reply(byte type, byte[] body) => type switch
    {
        // Version 16, and no encryption.
        PreLogin => [0, .. BigEndian(11), .. BigEndian(6), 1, .. BigEndian(17), .. BigEndian(1), 0xFF, 16, 0, 0, 0, 0, 0, 2],
        0x10 => [0xE3, .. Short(8), 7, 5, 0x09, 0x04, 0xD0, 0x00, 0x34, 0, 0xAD, .. Short(10), 1, 0x74, 0, 0, 4, 0, 16, 0, 0, 0, .. Done()],
        Attention => Done(0x20),

        // Text begins at an even place in a batch and at an odd one in a call.
        _ => Answer(Encoding.Unicode.GetString(body) + Encoding.Unicode.GetString(body.AsSpan(1))),
    };

    static async Task<(byte Type, byte[] Body)> ReadAsync(NetworkStream stream)
    {
        var header = new byte[8];
        List<byte> body = [];
        do
        {
            await stream.ReadExactlyAsync(header);
            var part = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - header.Length];
            await stream.ReadExactlyAsync(part);
            body.AddRange(part);
        }
        while ((header[1] & 1) == 0);
        return (header[0], [.. body]);
    }

    static byte[] Short(int value) => [(byte)value, (byte)(value >> 8)];

    static byte[] BigEndian(int value) => [(byte)(value >> 8), (byte)value];

    static byte[] Int(int value) => BitConverter.GetBytes(value);
}
