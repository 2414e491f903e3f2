using System.Globalization;

namespace Framelane.Bench.Proofs;

/// <summary>What arrived, brought together with what was recorded.</summary>
static class Attempts
{
    /// <summary>
    /// Each receipt with the time in which its attempt started: an instant where that is recorded; else from the second of its signature,
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
                var own = record is not null && receipt.ArrivedAt >= record.StartedAt ? record : null;
                var signedAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(receipt.Timestamp, CultureInfo.InvariantCulture));
                joined.Add(own is null
                    ? new(receipt, signedAt, receipt.ArrivedAt, null, repeat > 0)
                    : new(receipt, own.StartedAt, own.StartedAt, own, repeat > 0));
                if (own is not null)
                    record = null;
                repeat++;
            }
        }

        return joined;
    }
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
            : $"started {From:HH:mm:ss.ffffff}, ended {Record.EndedAt:HH:mm:ss.ffffff}, epoch {Record.Epoch}")
        + $", arrived {Receipt.ArrivedAt:HH:mm:ss.ffffff}";
}
