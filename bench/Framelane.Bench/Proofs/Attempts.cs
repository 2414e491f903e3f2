using System.Globalization;

namespace Framelane.Bench.Proofs;

/// <summary>What arrived, brought together with what was recorded.</summary>
static class Attempts
{
    /// <summary>No clock is thought to be further off, and no attempt is repeated sooner.</summary>
    static readonly TimeSpan Near = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Each receipt with the time in which its attempt started. One that is recorded cannot have started later than it arrived, nor earlier
    /// than the time of its answer less what the record says that it took: that holds however wrong the clock is by which it was recorded.
    /// Where the answer took its time back, the record is the better bound, for clocks are wrong by so much at most. Of one that is not recorded only the second of its signature is known, which comes before the start.
    /// </summary>
    public static List<Attempt> Join(IReadOnlyCollection<Receipt> receipts, IReadOnlyCollection<StoredAttempt> stored)
    {
        var recorded = stored.ToDictionary(attempt => (attempt.DeliveryId, attempt.Number));
        List<Attempt> joined = [];
        foreach (var same in receipts.GroupBy(receipt => (receipt.DeliveryId, receipt.Attempt)))
        {
            var record = recorded.GetValueOrDefault(same.Key);
            var repeat = 0;
            foreach (var receipt in same.OrderBy(receipt => receipt.ArrivedAt))
            {
                // What arrived long before the recorded start was sent by a process that died, or lost its lease, before it wrote.
                var own = record is not null && receipt.ArrivedAt >= record.StartedAt - (ProofSettings.HasOneClock ? TimeSpan.Zero : Near) ? record : null;
                joined.Add(new(receipt, own is null ? SignedAt(receipt) : StartOf(own, receipt), own is not null && ProofSettings.HasOneClock ? own.StartedAt : receipt.ArrivedAt, own, repeat > 0));
                if (own is not null)
                    record = null;
                repeat++;
            }
        }

        return joined;
    }

    /// <summary>By how much clocks by which nodes record were seen to be ahead of this one's, and behind, at most.</summary>
    public static (TimeSpan Ahead, TimeSpan Behind) ClockErrors(IReadOnlyCollection<Attempt> attempts)
    {
        List<Attempt> known = [.. attempts.Where(attempt => attempt.Record is { IsAnswered: true } && attempt.Receipt.AnsweredAt is not null)];
        return (
            known.Select(attempt => attempt.Record!.StartedAt - attempt.Receipt.ArrivedAt).Append(TimeSpan.Zero).Max(),
            known.Select(attempt => attempt.Receipt.AnsweredAt!.Value - attempt.Record!.EndedAt).Append(TimeSpan.Zero).Max());
    }

    static DateTimeOffset SignedAt(Receipt receipt) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(receipt.Timestamp, CultureInfo.InvariantCulture)) - ProofSettings.ClockError;

    static DateTimeOffset StartOf(StoredAttempt record, Receipt receipt)
    {
        var byRecord = record.StartedAt - ProofSettings.ClockError;
        return !ProofSettings.HasOneClock && record.IsAnswered && receipt.AnsweredAt is { } answeredAt
            && answeredAt - (record.EndedAt - record.StartedAt) is var byAnswer && byAnswer > byRecord ? byAnswer : byRecord;
    }
}

/// <param name="From">The earliest that it can have started.</param>
/// <param name="To">The latest.</param>
/// <param name="Record">Null where the process that made it did not come to write it.</param>
/// <param name="IsRepeat">Whether the same attempt had arrived before.</param>
sealed record Attempt(Receipt Receipt, DateTimeOffset From, DateTimeOffset To, StoredAttempt? Record, bool IsRepeat)
{
    /// <summary>For which it is known when it started, and not only when it was signed.</summary>
    public bool IsTold => Record is not null && (ProofSettings.HasOneClock || (Record.IsAnswered && Receipt.AnsweredAt is not null));

    /// <summary>The earliest that its sender can have known what came of it; null where nothing tells.</summary>
    public DateTimeOffset? EndedNotBefore => !IsTold ? null : ProofSettings.HasOneClock ? Record!.EndedAt : Receipt.AnsweredAt;

    public override string ToString() =>
        $"{Receipt.DeliveryId} attempt {Receipt.Attempt} to {Receipt.Path}, "
        + (Record is null
            ? $"not recorded, signed in the second {From:HH:mm:ss}"
            : $"started {Record.StartedAt:HH:mm:ss.ffffff}, ended {Record.EndedAt:HH:mm:ss.ffffff}, epoch {Record.Epoch}"
            + (ProofSettings.HasOneClock ? "" : $", by the receiver's clock not before {From:HH:mm:ss.ffffff}"))
        + $", arrived {Receipt.ArrivedAt:HH:mm:ss.ffffff}";
}
