using Framelane.Bench.Load;

namespace Framelane.Bench.Proofs;

/// <summary>What came of everything that was committed, after all crashes.</summary>
/// <param name="fanOut">How many steady webhooks an event goes to.</param>
/// <param name="faultsBetween">What befell the nodes in a time, for people to read.</param>
sealed class Outcome(
    Stored stored,
    List<Attempt> attempts,
    List<StoredAttempt> records,
    HashSet<string> steadyWebhooks,
    int fanOut,
    Findings findings,
    Func<DateTimeOffset, DateTimeOffset, IEnumerable<string>>? faultsBetween = null)
{
    static readonly TimeSpan Around = TimeSpan.FromSeconds(10);

    readonly List<StoredEvent> events = stored.Events();
    readonly List<StoredDelivery> deliveries = stored.Deliveries();
    readonly ILookup<string, Attempt> arrivals = attempts.OrderBy(attempt => attempt.Receipt.ArrivedAt).ToLookup(attempt => attempt.Receipt.DeliveryId);
    readonly ILookup<string, StoredAttempt> recorded = records.ToLookup(record => record.DeliveryId);

    public int Events => events.Count;

    public int Lost { get; private set; }

    public int Dead { get; private set; }

    public int Resurrected { get; private set; }

    /// <summary>Arrivals after the success that were signed before it, by the node that was stopped.</summary>
    public int PausedAfterCheck { get; private set; }

    /// <summary>Every change that was noted as committed is there with its event.</summary>
    public void Kept(IEnumerable<string> notes)
    {
        var names = events.Select(happened => ProducerProcess.NameOf(happened.JobId, happened.Sequence)).ToHashSet();
        foreach (var gone in notes.Where(note => !names.Contains(note)))
            Lose("a committed change's event is gone", gone);
    }

    /// <summary>That, and no event is there without its change.</summary>
    public void Changes(IEnumerable<string> notes)
    {
        Kept(notes);
        var last = ProducerProcess.NameOf(events[^1].JobId, events[^1].Sequence);
        if (stored.WorkspaceName() is var name && name != last)
            findings.Add("the last change and the last event differ", $"the change is {name}, the event {last}");
    }

    /// <summary>Every event reached each webhook that nothing was done to, or its job's own target.</summary>
    public void Delivered()
    {
        var byEvent = deliveries.ToLookup(delivery => delivery.EventId);
        foreach (var happened in events)
        {
            var own = byEvent[happened.Id].Where(delivery => delivery.WebhookId is null).ToList();
            var expected = own.Count > 0 ? 1 : fanOut;
            if (own.Count == 0)
                own = [.. byEvent[happened.Id].Where(delivery => steadyWebhooks.Contains(delivery.WebhookId!))];
            if (own.Count != expected)
                Lose("an event lacks deliveries", $"{happened} has {own.Count} of {expected}");
            foreach (var delivery in own)
                Delivered(delivery);
        }
    }

    /// <summary>
    /// Nothing is attempted again once its success is recorded, and no attempt is made anew before the lease of whoever made it first has
    /// run out. A node that was stopped between check and write may still give away the bytes that it had signed by then.
    /// </summary>
    public void NotResurrected()
    {
        foreach (var delivery in deliveries)
        {
            var success = recorded[delivery.Id].FirstOrDefault(record => record.Status == 1);
            foreach (var record in recorded[delivery.Id].Where(record => success is not null && record != success && record.StartedAt > success.EndedAt + 2 * ProofSettings.ClockError))
                Resurrect($"{record} was recorded after {success}", delivery);
            foreach (var attempt in arrivals[delivery.Id].Where(attempt => attempt.Record is null && success is not null && attempt.To > success.EndedAt + ProofSettings.ClockError))
            {
                if (attempt.From.AddSeconds(1) <= success!.StartedAt)
                    PausedAfterCheck++;
                else
                    Resurrect($"{attempt} came after {success}", delivery);
            }

            foreach (var same in arrivals[delivery.Id].GroupBy(attempt => attempt.Receipt.Attempt))
            {
                foreach (var (first, again) in same.Zip(same.Skip(1)).Where(pair => pair.Second.To < pair.First.From + ProofSettings.RecordingTime))
                    findings.Add("an attempt was made twice within one lease", $"{first}, and again {again}", History(delivery));
            }
        }
    }

    /// <summary>Of one job's events to one lane, none is attempted before the first attempt at an earlier one has ended.</summary>
    public void InOrder()
    {
        foreach (var job in deliveries.Where(IsSteady).GroupBy(delivery => (delivery.JobId, delivery.Lane)))
        {
            var inOrder = job.OrderBy(delivery => delivery.Sequence).ToList();
            foreach (var (earlier, later) in inOrder.Zip(inOrder.Skip(1)))
            {
                var firstEnded = arrivals[earlier.Id].FirstOrDefault(attempt => attempt.Receipt.Attempt == 1 && attempt.EndedNotBefore is not null)?.EndedNotBefore;
                if (arrivals[later.Id].FirstOrDefault(attempt => attempt.To < firstEnded) is { } early)
                    findings.Add("out of order", $"{early} is event {later.Sequence} of {later.JobId}; the first attempt at event {earlier.Sequence} ended {firstEnded:HH:mm:ss.ffffff}", History(earlier));
            }
        }
    }

    /// <summary>Its attempts, and what befell the nodes around them.</summary>
    public IEnumerable<string> History(StoredDelivery delivery)
    {
        var last = arrivals[delivery.Id].Select(attempt => attempt.Receipt.ArrivedAt).Append(delivery.CreatedAt).Max();
        return arrivals[delivery.Id].Select(attempt => $"    {attempt}; answered with {(attempt.Receipt.Accepted ? "success" : "a failure")}")
            .Concat(recorded[delivery.Id].Select(record => $"    recorded: {record}"))
            .Concat(faultsBetween?.Invoke(delivery.CreatedAt.AddSeconds(-1), last + Around) ?? []);
    }

    void Delivered(StoredDelivery delivery)
    {
        if (delivery.State == Deliveries.DeadLettered)
        {
            Dead++;
            findings.Add("dead by accident", $"{delivery}", History(delivery));
        }
        else if (delivery.State != Deliveries.Succeeded)
        {
            Lose("a delivery was not made", $"{delivery}", delivery);
        }
    }

    bool IsSteady(StoredDelivery delivery) => delivery.JobId is not null && (delivery.WebhookId is null || steadyWebhooks.Contains(delivery.WebhookId));

    void Lose(string kind, string what, StoredDelivery? delivery = null)
    {
        Lost++;
        findings.Add(kind, what, delivery is null ? null : History(delivery));
    }

    void Resurrect(string what, StoredDelivery delivery)
    {
        Resurrected++;
        findings.Add("resurrected", what, History(delivery));
    }
}
