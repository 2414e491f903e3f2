using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Common;
using Framelane.Infrastructure.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Leasing;

/// <summary>What the queues of leased rows share. What is done to a row is one transaction, which begins with its lock.</summary>
abstract class LeasedQueue<TRow, TClaim>(IServiceScopeFactory scopes, DatabaseWriter writer, IOptions<MediaOptions> options, TimeProvider time)
    : ILeasedQueue<TClaim>
    where TRow : class, ILeased
    where TClaim : class, IClaim
{
    const int LookAhead = 100, LongestLook = 6400, MostLookedAt = 100_000;

    /// <summary>So old a row may become by outages alone.</summary>
    static readonly TimeSpan LongestOutage = TimeSpan.FromDays(1);

    /// <summary>What is away for hours is not asked for every half minute: each time it costs a run its beginning.</summary>
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    static readonly Error Lost = Error.Conflict("The lease was lost.");

    public TimeSpan Lease => options.Value.JobLease;

    public async Task<IReadOnlyList<TClaim>> ClaimAsync(int count, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (!await Claimable(new(scope.ServiceProvider, time)).AnyAsync(cancellationToken))
            return [];

        // Further than was asked for where all were put off, so that those behind them need not wait for the next time, though not for ever: they
        // come due again. Where all are left as they are, for their workspaces are locked, further each time.
        for (int look = count, looked = 0; ;)
        {
            var (claims, seen, left) = await LookAsync(scope.ServiceProvider, look, count, cancellationToken);
            looked += seen;
            if (claims.Count > 0 || seen < look || looked >= MostLookedAt || left >= LongestLook)
                return claims;
            look = left == seen && look >= LookAhead ? Math.Min(4 * look, LongestLook) : LookAhead;
        }
    }

    public async Task<IReadOnlyList<TClaim>> RenewAsync(IReadOnlyCollection<TClaim> held, bool renew, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var turn = new Turn(scope.ServiceProvider, time);
        var fences = await FencesAsync(turn, held, cancellationToken);
        var kept = held.Where(claim => fences.GetValueOrDefault(claim.Name) == claim.Fence).ToList();
        var lost = held.Except(kept).ToList();
        foreach (var claim in renew ? kept : [])
        {
            if (!await RenewAsync(turn, claim, cancellationToken))
                lost.Add(claim);
        }

        return lost;
    }

    public Task<bool> FailAsync(TClaim claim, string code, string message, CancellationToken cancellationToken) =>
        UnderAsync(claim, (row, turn, token) => FailAsync(turn, row, code, message, token), cancellationToken);

    public Task<bool> HandBackAsync(TClaim claim, CancellationToken cancellationToken) => UnderAsync(
        claim,
        (row, turn, _) =>
        {
            row.HandBack(turn.Now);
            return Task.CompletedTask;
        },
        cancellationToken);

    public Task<bool> WaitOutAsync(TClaim claim, CancellationToken cancellationToken) => UnderAsync(
        claim,
        (row, turn, _) =>
        {
            // Otherwise its lease runs out, and the run counts: what looks like an outage may be the work's own fault.
            if (turn.Now - row.CreatedAt < LongestOutage)
                row.HandBack(turn.Now + PauseOf(row));
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>What is worked on, for messages: a job, for instance.</summary>
    protected abstract string What { get; }

    /// <summary>So often a row is taken up.</summary>
    protected abstract int MaxRuns { get; }

    protected abstract IQueryable<TRow> Claimable(Turn turn);

    /// <summary>The rows that are to be taken first, of those that are due and that nobody else has locked, locked.</summary>
    protected abstract Task<List<TRow>> LockDueAsync(Turn turn, int count, CancellationToken cancellationToken);

    /// <summary>Called before the first of them is taken, in the transaction that takes them.</summary>
    protected virtual Task PrepareAsync(Turn turn, IReadOnlyList<TRow> due, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether nothing can be done on it now, for somebody else claims for its workspace: it stays due, and where it is among the others.</summary>
    protected abstract bool IsBusy(Turn turn, TRow row);

    /// <summary>Claims a row, or sees to it that it is not due any more.</summary>
    /// <returns>Null where there is nothing to do on it now.</returns>
    protected abstract Task<TClaim?> TakeAsync(Turn turn, TRow row, CancellationToken cancellationToken);

    /// <summary>Fails a row and tells whom that concerns.</summary>
    protected abstract Task FailAsync(Turn turn, TRow row, string code, string message, CancellationToken cancellationToken);

    /// <returns>The fences of the claims' rows as they are now, by id; without those on which there is no work any more.</returns>
    protected abstract Task<Dictionary<string, long>> FencesAsync(Turn turn, IReadOnlyCollection<TClaim> held, CancellationToken cancellationToken);

    /// <summary>The claim's row, if nobody has taken it up since and there still is work on it.</summary>
    protected abstract IQueryable<TRow> Row(Turn turn, TClaim claim);

    protected abstract Task<TRow?> LockAsync(Turn turn, TClaim claim, CancellationToken cancellationToken);

    /// <summary>Changes the row, if the claim still stands.</summary>
    /// <returns>Whether it did.</returns>
    protected async Task<bool> UnderAsync(TClaim claim, Func<TRow, Turn, CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<Unit>(
            async token =>
            {
                if (await LockAsync(new(scope.ServiceProvider, time), claim, token) is not { } row || !row.IsHeld(claim.Fence))
                    return Lost;
                await change(row, new(scope.ServiceProvider, time), token);
                return Unit.Value;
            },
            cancellationToken);
        return result.IsSuccess;
    }

    /// <summary>A lease's time, and twice as long after each run that did not count.</summary>
    TimeSpan PauseOf(TRow row)
    {
        // A claim raises both, and a hand-back the one and lowers the other.
        var handedBack = (row.Fence - row.Runs) / 2;
        return Lease * Math.Min(Math.ScaleB(1, (int)Math.Min(handedBack, 30)), Math.Max(1, LongestPause / Lease));
    }

    /// <param name="look">How many rows are looked at.</param>
    /// <param name="most">How many are claimed.</param>
    /// <returns>How many there were, and how many of them are as they were.</returns>
    async Task<(List<TClaim> Claims, int Seen, int Left)> LookAsync(IServiceProvider services, int look, int most, CancellationToken cancellationToken)
    {
        var result = await services.GetRequiredService<IUnitOfWork>().ExecuteAsync<(List<TClaim> Claims, int Seen, int Left)>(
            async token =>
            {
                var turn = new Turn(services, time);
                var (claims, left) = (new List<TClaim>(), 0);
                var due = await LockDueAsync(turn, look, token);
                await PrepareAsync(turn, due, token);
                for (var i = 0; i < due.Count && claims.Count < most; i++)
                {
                    if (due[i].Runs >= MaxRuns)
                        await FailAsync(turn, due[i], MediaErrorCodes.InternalError, $"The {What} was given up: the workers that took it up did not come to its end.", token);
                    else if (IsBusy(turn, due[i]))
                        left++;
                    else if (await TakeAsync(turn, due[i], token) is { } claim)
                        claims.Add(claim);
                }

                return (claims, due.Count, left);
            },
            cancellationToken);
        return result.Value;
    }

    async Task<bool> RenewAsync(Turn turn, TClaim claim, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + Lease;
        return 1 == await writer.ExecuteAsync(
            token => Row(turn, claim).ExecuteUpdateAsync(row => row.SetProperty(renewed => renewed.ClaimableAt, until), token), cancellationToken);
    }
}

/// <summary>What one transaction works with.</summary>
sealed class Turn(IServiceProvider services, TimeProvider time)
{
    public FramelaneDbContext Db { get; } = services.GetRequiredService<FramelaneDbContext>();

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
