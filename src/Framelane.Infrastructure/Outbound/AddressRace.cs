using System.Net;
using System.Runtime.ExceptionServices;

namespace Framelane.Infrastructure.Outbound;

/// <summary>Opens a connection to one vetted address.</summary>
internal delegate ValueTask<Stream> Dial(IPEndPoint endPoint, CancellationToken cancellationToken);

/// <summary>
/// Dials several addresses of one name as RFC 8305 (Happy Eyeballs) says: families in turn, each with a head start over the next, and
/// the next at once when one fails. The first connection wins; the others are closed.
/// </summary>
internal sealed class AddressRace(Dial dial, TimeProvider time)
{
    static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    // A name may have hundreds of addresses; its owner does not get to make us dial them all.
    const int MaxAddresses = 8;

    /// <exception cref="Exception">What dialling the first address threw, when none could be reached.</exception>
    public async Task<Stream> RunAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new Queue<IPAddress>(InTurn(addresses).Take(MaxAddresses));
        var running = new List<Task<Stream>>();
        Exception? fault = null;

        try
        {
            while (waiting.Count > 0 || running.Count > 0)
            {
                if (waiting.TryDequeue(out var address))
                    running.Add(DialAsync(new IPEndPoint(address, port), over.Token));

                var ended = await FirstToEndAsync(running, waiting.Count > 0, over.Token);
                cancellationToken.ThrowIfCancellationRequested();
                if (ended is null)
                    continue;

                running.Remove(ended);
                if (ended.IsCompletedSuccessfully)
                    return await ended;
                fault ??= ended.Exception?.InnerException;
            }
        }
        finally
        {
            await over.CancelAsync();
            foreach (var loser in running)
                _ = CloseAsync(loser);
        }

        ExceptionDispatchInfo.Throw(fault ?? new InvalidOperationException("No address to dial."));
        throw fault;
    }

    async Task<Stream> DialAsync(IPEndPoint endPoint, CancellationToken cancellationToken) =>
        await dial(endPoint, cancellationToken);

    /// <returns>Null when the head start ran out first.</returns>
    async Task<Task<Stream>?> FirstToEndAsync(List<Task<Stream>> running, bool isNextWaiting, CancellationToken cancellationToken)
    {
        if (!isNextWaiting)
            return await Task.WhenAny(running);

        var headStart = Task.Delay(HeadStart, time, cancellationToken);
        var ended = await Task.WhenAny([.. running, headStart]);
        return ended as Task<Stream>;
    }

    static IEnumerable<IPAddress> InTurn(IReadOnlyList<IPAddress> addresses)
    {
        var families = addresses.GroupBy(address => address.AddressFamily).OrderByDescending(family => family.Key).ToList();
        var longest = families.Max(family => family.Count());
        return Enumerable.Range(0, longest).SelectMany(turn => families.SelectMany(family => family.Skip(turn).Take(1)));
    }

    static async Task CloseAsync(Task<Stream> loser)
    {
        try
        {
            await (await loser).DisposeAsync();
        }
        catch (Exception)
        {
            // It lost; why it failed besides is of no interest.
        }
    }
}
