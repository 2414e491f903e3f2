using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Dispatch;

/// <summary>What every dispatch store keeps to.</summary>
[EveryDatabase]
public sealed partial class DispatchStoreContract<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    IDispatchStore Store => Host.Get<IDispatchStore>();

    Task<Delivery> AddAsync(Webhook webhook, string? job = null, int sequence = 1, bool oneShot = false) =>
        AddAsync(happened => Delivery.ToWebhook(happened, webhook, oneShot, Now), job, sequence);

    async Task<Delivery> AddAsync(Func<WebhookEvent, Delivery> make, string? job = null, int sequence = 1)
    {
        Time.Advance(TimeSpan.FromMilliseconds(2));
        var happened = WebhookEvent.Create(EventId.New(Now), WorkspaceId, "render.completed", job, sequence, "{}"u8.ToArray(), Now);
        var delivery = make(happened);
        await Host.WriteAsync(async db => await db.AddRangeAsync(happened, delivery));
        return delivery;
    }

    Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(Delivery delivery, int count = 100) => ClaimAsync(Store, delivery.Lane, count);

    Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(IDispatchStore store, string lane, int count) =>
        store.ClaimAsync([new(lane, count)], Now, Now + Lease, CancellationToken.None);

    async Task<ClaimedDelivery> ClaimOneAsync(Delivery delivery)
    {
        var claimed = await ClaimAsync(delivery);
        Assert.That(Ids(claimed), Is.EqualTo([delivery.Id.Value]));
        return claimed[0];
    }

    Task<RecordOutcome> RecordAsync(params FinishedAttempt[] finished) => Store.RecordAsync(finished, [], [], Now, CancellationToken.None);

    Task<RecordOutcome> GiveBackAsync(ClaimedDelivery claimed, DeliveryState state) =>
        Store.RecordAsync([], [new(claimed, state)], [], Now, CancellationToken.None);

    Task<RecordOutcome> TellAsync(EndpointTally tally) => Store.RecordAsync([], [], [tally], Now, CancellationToken.None);

    FinishedAttempt Succeeded(ClaimedDelivery claimed) => Finished(claimed, AttemptResult.Answered(200), Verdict.Success);

    FinishedAttempt Failed(ClaimedDelivery claimed, TimeSpan? retryIn = null) =>
        Finished(claimed, AttemptResult.Failed("timeout"), retryIn is { } wait ? Verdict.RetryAt(Now + wait) : Verdict.GiveUp);

    FinishedAttempt Finished(ClaimedDelivery claimed, AttemptResult result, Verdict verdict) =>
        FinishedAttempts.Of(claimed, result, verdict, Now, TimeSpan.FromMilliseconds(1), "said", epoch: 7, signatures: 2);

    Task<Delivery> StoredAsync(Delivery delivery) => Host.ReadAsync(db => db.Deliveries.AsNoTracking().SingleAsync(row => row.Id == delivery.Id));

    Task<Webhook> StoredAsync(Webhook webhook) => Host.ReadAsync(db => db.Webhooks.AsNoTracking().SingleAsync(row => row.Id == webhook.Id));

    Task<List<DeliveryAttempt>> AttemptsAsync(Delivery delivery) =>
        Host.ReadAsync(db => db.Attempts.AsNoTracking().Where(row => row.DeliveryId == delivery.Id).OrderBy(row => row.AttemptNumber).ToListAsync());

    /// <summary>What a request does to a delivery while the dispatcher is at work on it.</summary>
    Task ChangeAsync(Delivery delivery, Action<Delivery> change) =>
        Host.WriteAsync(async db => change(await db.Deliveries.SingleAsync(row => row.Id == delivery.Id)));

    Task EndAsync(Delivery delivery, DeliveryState state) =>
        Host.WriteAsync(db => db.Deliveries.Where(row => row.Id == delivery.Id).ExecuteUpdateAsync(row => row.SetProperty(it => it.State, state)));

    static string[] Ids(IEnumerable<ClaimedDelivery> claimed) => [.. claimed.Select(delivery => delivery.Id)];
}
