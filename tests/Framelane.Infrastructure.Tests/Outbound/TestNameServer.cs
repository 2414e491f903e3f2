using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Framelane.Infrastructure.Tests.Outbound;

/// <summary>A name server on loopback that speaks DNS (RFC 1035) over UDP. Names it does not know do not exist.</summary>
internal sealed class TestNameServer : IDisposable
{
    const ushort A = 1;
    const ushort CName = 5;
    const ushort Aaaa = 28;

    readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    readonly ConcurrentDictionary<string, Zone> zones = new(StringComparer.OrdinalIgnoreCase);
    readonly ConcurrentQueue<(string Name, ushort Type)> queries = new();

    public TestNameServer()
    {
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        _ = ServeAsync();
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>The names asked for so far, one entry a query.</summary>
    public IReadOnlyList<string> QueriedNames => [.. queries.Select(query => query.Name)];

    /// <summary>How often the IPv4 addresses of <paramref name="name"/> were asked for.</summary>
    public int CountOfA(string name) => queries.Count(query => query == (name, A));

    /// <summary>The name has these addresses, of both families.</summary>
    public TestNameServer Has(string name, params string[] addresses) => InTurn(name, addresses);

    /// <summary>The name has another set of addresses each time that its IPv4 addresses are asked for; the last set stays.</summary>
    public TestNameServer InTurn(string name, params string[][] turns)
    {
        zones[name] = new Zone { Turns = [.. turns.Select(turn => turn.Select(IPAddress.Parse).ToArray())] };
        return this;
    }

    /// <summary>The name is an alias. With <paramref name="isComplete"/> the answer holds what the target has, too.</summary>
    public TestNameServer Alias(string name, string target, bool isComplete = true)
    {
        zones[name] = new Zone { Alias = target, IsComplete = isComplete };
        return this;
    }

    /// <summary>Queries are answered with an error, for instance 2 for SERVFAIL.</summary>
    public TestNameServer Fails(string name, byte code)
    {
        zones[name] = new Zone { Code = code };
        return this;
    }

    /// <summary>Queries are not answered.</summary>
    public TestNameServer IsSilent(string name)
    {
        zones[name] = new Zone { IsSilent = true };
        return this;
    }

    /// <summary>The name has these IPv4 addresses; queries for IPv6 are not answered.</summary>
    public TestNameServer IsSilentOnIPv6(string name, params string[] addresses)
    {
        zones[name] = new Zone { Turns = [[.. addresses.Select(IPAddress.Parse)]], IsSilentOnIPv6 = true };
        return this;
    }

    /// <summary>Queries are answered with bytes that are no DNS message, after the id.</summary>
    public TestNameServer TalksNonsense(string name)
    {
        zones[name] = new Zone { IsNonsense = true };
        return this;
    }

    public void Dispose() => socket.Dispose();

    async Task ServeAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var received = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                if (Answer(buffer.AsSpan(0, received.ReceivedBytes)) is { } answer)
                    await socket.SendToAsync(answer, received.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    byte[]? Answer(ReadOnlySpan<byte> query)
    {
        var (name, end) = ReadName(query, 12);
        var type = BinaryPrimitives.ReadUInt16BigEndian(query[end..]);
        queries.Enqueue((name, type));

        var zone = zones.GetValueOrDefault(name);
        if (zone is { IsSilent: true } || (zone is { IsSilentOnIPv6: true } && type == Aaaa))
            return null;
        if (zone is { IsNonsense: true })
            return [.. query[..2], 0x81, 0x80, 0, 1, 0, 9, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF];

        var records = new List<byte[]>();
        if (zone is not null)
            Append(records, name, zone, type);

        var code = zone is null ? (byte)3 : zone.Code;
        return
        [
            .. query[..2], 0x81, (byte)(0x80 | code), 0, 1, 0, (byte)records.Count, 0, 0, 0, 0,
            .. query[12..(end + 4)],
            .. records.SelectMany(record => record),
        ];
    }

    void Append(List<byte[]> records, string name, Zone zone, ushort type)
    {
        if (zone.Alias is { } alias)
        {
            records.Add(Record(name, CName, WriteName(alias)));
            if (zone.IsComplete && zones.TryGetValue(alias, out var target))
                Append(records, alias, target, type);
            return;
        }

        var family = type == A ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        foreach (var address in zone.Next(type == A).Where(address => address.AddressFamily == family))
            records.Add(Record(name, type, address.GetAddressBytes()));
    }

    static byte[] Record(string name, ushort type, byte[] data) =>
        [.. WriteName(name), 0, (byte)type, 0, 1, 0, 0, 0, 0, 0, (byte)data.Length, .. data];

    static byte[] WriteName(string name) =>
        [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    static (string Name, int End) ReadName(ReadOnlySpan<byte> message, int offset)
    {
        var labels = new List<string>();
        while (message[offset] != 0)
        {
            labels.Add(Encoding.ASCII.GetString(message.Slice(offset + 1, message[offset])));
            offset += 1 + message[offset];
        }

        return (string.Join('.', labels), offset + 1);
    }

    sealed class Zone
    {
        int counted;

        public IPAddress[][] Turns { get; init; } = [[]];

        public string? Alias { get; init; }

        public bool IsComplete { get; init; }

        public byte Code { get; init; }

        public bool IsSilent { get; init; }

        public bool IsSilentOnIPv6 { get; init; }

        public bool IsNonsense { get; init; }

        public IPAddress[] Next(bool isCounted)
        {
            var turn = Math.Min(counted, Turns.Length - 1);
            if (isCounted)
                counted++;
            return Turns[turn];
        }
    }
}
