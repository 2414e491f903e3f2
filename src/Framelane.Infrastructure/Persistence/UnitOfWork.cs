using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence.Idempotency;
using Framelane.Infrastructure.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence;

sealed class UnitOfWork(
    FramelaneDbContext db,
    DatabaseWriter writer,
    IDatabaseProvider provider,
    AnswerKeeper answers,
    IdempotencyContext idempotency,
    IEpochBarrier barrier,
    DomainEventPublisher publisher,
    IDispatchSignal dispatchers,
    DispatchMetrics metrics) : IUnitOfWork
{
    static readonly Error ClaimLost = new("idempotency_in_progress", "Another request with this Idempotency-Key is being processed.");

    public async Task<Result<T>> ExecuteAsync<T>(Func<CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        var claim = idempotency.Committed ? null : idempotency.Claim;
        Outcome? committed = null;
        var result = await WriteAsync(
            async token =>
            {
                var result = await work(token);
                if (!result.IsSuccess)
                    return (result, false);

                var outcome = Collect();
                await db.SaveChangesAsync(token);
                if (claim is not null && !await answers.RememberAsync(db, claim, result.Value, outcome.Raised, token))
                    return (ClaimLost, false);
                committed = outcome;
                return (result, true);
            },
            cancellationToken);
        if (result.IsSuccess)
            await FollowAsync(committed!, claim);
        return result;
    }

    /// <summary>Once more where somebody else was the first to write what this was about to write: now it finds that.</summary>
    async Task<T> WriteAsync<T>(Func<CancellationToken, Task<(T Value, bool Keep)>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.ExecuteAsync(db, work, cancellationToken);
        }
        catch (DbUpdateException failure) when (provider.IsDuplicateKey(failure))
        {
            return await writer.ExecuteAsync(db, work, cancellationToken);
        }
    }

    /// <summary>Everything that follows from the commit. No caller can cancel it: what is committed has to hold everywhere.</summary>
    async Task FollowAsync(Outcome outcome, IdempotencyClaim? claim)
    {
        idempotency.Committed |= claim is not null;
        foreach (var reason in outcome.Disabled)
            metrics.EndpointDisabled(reason);
        if (outcome.HasDeliveries)
            dispatchers.Wake();
        foreach (var happened in outcome.Events)
            await publisher.PublishAsync(happened);
        if (outcome.Raised.Count == 0)
            return;
        await Task.WhenAll(outcome.Raised.Select(raised => barrier.PassAsync(raised.WorkspaceId, raised.Epoch, CancellationToken.None)));
        if (claim is not null)
            answers.MarkBarrierPassedSoon(claim);
    }

    Outcome Collect()
    {
        IDomainEvent[] events = [.. db.ChangeTracker.Entries<AggregateRoot>().SelectMany(entry => entry.Entity.DrainDomainEvents())];
        return new(
            events,
            [
                .. events.OfType<IEpochRaised>()
                    .GroupBy(raised => raised.WorkspaceId, (id, all) => new RaisedEpoch(id, all.Max(raised => raised.Epoch))),
            ],
            db.ChangeTracker.Entries<Delivery>().Any(entry => entry.State is EntityState.Added or EntityState.Modified),
            [
                .. db.ChangeTracker.Entries<Webhook>()
                    .Where(entry => entry is { State: EntityState.Modified, Entity.Enabled: false } && entry.Property(webhook => webhook.Enabled).OriginalValue)
                    .Select(entry => entry.Entity.DisabledReason!),
            ]);
    }

    sealed record Outcome(IReadOnlyList<IDomainEvent> Events, IReadOnlyList<RaisedEpoch> Raised, bool HasDeliveries, IReadOnlyList<string> Disabled);
}

/// <summary>A workspace's epoch after a transaction that raised it.</summary>
readonly record struct RaisedEpoch(WorkspaceId WorkspaceId, long Epoch);
