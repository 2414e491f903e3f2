namespace Framelane.Infrastructure.Leasing;

/// <summary>Work that lies in a table, as workers see it: claims by lease, and what is done under one.</summary>
/// <remarks>What is asked for under a claim that was lost changes nothing; the answer is then false.</remarks>
interface ILeasedQueue<TClaim>
    where TClaim : IClaim
{
    /// <summary>After a worker died, what it held waits so long for another.</summary>
    TimeSpan Lease { get; }

    /// <returns>
    /// At most so many, those that are to be taken first; fewer where those behind them were not looked at, so that what is claimed begins at
    /// once. None only where none was found.
    /// </returns>
    Task<IReadOnlyList<TClaim>> ClaimAsync(int count, CancellationToken cancellationToken);

    /// <summary>Keeps the leases of those that are still held.</summary>
    /// <returns>Those that are not: there is no work on them any more, or another has taken them up.</returns>
    Task<IReadOnlyList<TClaim>> RenewAsync(IReadOnlyCollection<TClaim> held, bool renew, CancellationToken cancellationToken);

    Task<bool> FailAsync(TClaim claim, string code, string message, CancellationToken cancellationToken);

    Task<bool> HandBackAsync(TClaim claim, CancellationToken cancellationToken);

    /// <summary>Something that it needs is away: it is handed back, to be taken up a lease's time later, and later each time, up to five minutes.</summary>
    Task<bool> WaitOutAsync(TClaim claim, CancellationToken cancellationToken);
}

/// <summary>What this process holds.</summary>
interface IClaim
{
    /// <summary>The id of what is held.</summary>
    string Name { get; }

    /// <summary>Names the claim.</summary>
    long Fence { get; }
}
