using System.Globalization;

namespace Framelane.Bench.Proofs;

/// <summary>What arrived, brought together with what was recorded.</summary>
static class Attempts
{
    /// <summary>
    /// Each receipt with the time in which its attempt started: an instant where that is recorded, but for how far clocks differ; else from the second of its signature,
    /// which comes before the start, until it arrived.
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
                // What arrived before the recorded start was sent by a process that died, or lost its lease, before it wrote.
                var own = record is not null && receipt.ArrivedAt >= record.StartedAt - ProofSettings.ClockError ? record : null;
                var signedAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(receipt.Timestamp, CultureInfo.InvariantCulture));
                joined.Add(own is null
                    ? new(receipt, signedAt - ProofSettings.ClockError, receipt.ArrivedAt, null, repeat > 0)
                    : new(receipt, own.StartedAt - ProofSettings.ClockError, Earlier(own.StartedAt + ProofSettings.ClockError, receipt.ArrivedAt), own, repeat > 0));
                if (own is not null)
                    record = null;
                repeat++;
            }
        }

        return joined;
    }

    /// <summary>
    /// By how much a node's clock was seen to be ahead of this one's at most, in ms: so much before its recorded start an attempt arrived that
    /// arrived once. More than what is allowed for would make the judgement worthless.
    /// </summary>
    public static double ClockAhead(IReadOnlyCollection<Receipt> receipts, IReadOnlyCollection<StoredAttempt> stored)
    {
        var recorded = stored.ToDictionary(attempt => (attempt.DeliveryId, attempt.Number));
        return receipts
            .GroupBy(receipt => (receipt.DeliveryId, receipt.Attempt))
            .Where(same => same.Count() == 1 && recorded.ContainsKey(same.Key))
            .Select(same => (recorded[same.Key].StartedAt - same.Single().ArrivedAt).TotalMilliseconds)
            .Append(0)
            .Max();
    }

    static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

/// <param name="From">The earliest that it can have started.</param>
/// <param name="To">The latest.</param>
/// <param name="Record">Null where the process that made it did not come to write it.</param>
/// <param name="IsRepeat">Whether the same attempt had arrived before.</param>
sealed record Attempt(Receipt Receipt, DateTimeOffset From, DateTimeOffset To, StoredAttempt? Record, bool IsRepeat)
{
    public override string ToString() =>
        $"{Receipt.DeliveryId} attempt {Receipt.Attempt} to {Receipt.Path}, "
        + (Record is null
            ? $"not recorded, signed in the second {From:HH:mm:ss}"
            : $"started {Record.StartedAt:HH:mm:ss.ffffff}, ended {Record.EndedAt:HH:mm:ss.ffffff}, epoch {Record.Epoch}")
        + $", arrived {Receipt.ArrivedAt:HH:mm:ss.ffffff}";
}
