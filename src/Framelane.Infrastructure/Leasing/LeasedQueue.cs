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
    static readonly Error Lost = Error.Conflict("The lease was lost.");

    public TimeSpan Lease => options.Value.JobLease;

    public async Task<IReadOnlyList<TClaim>> ClaimAsync(int count, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var turn = new Turn(scope.ServiceProvider, time);
        if (!await Claimable(turn).AnyAsync(cancellationToken))
            return [];
        var claimed = await turn.Get<IUnitOfWork>().ExecuteAsync<List<TClaim>>(
            async token => await TakeAsync(new(scope.ServiceProvider, time), count, token), cancellationToken);
        return claimed.Value!;
    }

    public async Task<IReadOnlyList<TClaim>> RenewAsync(IReadOnlyCollection<TClaim> held, bool renew, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var turn = new Turn(scope.ServiceProvider, time);
        var kept = await FindHeldAsync(turn, held, cancellationToken);
        var lost = held.Except(kept).ToList();
        foreach (var claim in renew ? kept : [])
        {
            if (!await RenewAsync(turn, claim, cancellationToken))
                lost.Add(claim);
        }

        return lost;
    }

    public abstract Task<bool> FailAsync(TClaim claim, string code, string message, CancellationToken cancellationToken);

    public Task<bool> HandBackAsync(TClaim claim, CancellationToken cancellationToken) => UnderAsync(
        claim,
        (row, turn, _) =>
        {
            row.HandBack(turn.Now);
            return Task.CompletedTask;
        },
        cancellationToken);

    protected abstract IQueryable<TRow> Claimable(Turn turn);

    /// <summary>Locks rows that are due, and claims those that are to be worked on.</summary>
    protected abstract Task<List<TClaim>> TakeAsync(Turn turn, int count, CancellationToken cancellationToken);

    /// <returns>Those whose claim still stands.</returns>
    protected abstract Task<List<TClaim>> FindHeldAsync(Turn turn, IReadOnlyCollection<TClaim> held, CancellationToken cancellationToken);

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
