namespace Framelane.Bench.Proofs;

/// <summary>What arrived, brought together with what was recorded.</summary>
static class Attempts
{
    /// <summary>How much earlier than it arrived an attempt can have started, for those whose record died with their process.</summary>
    static readonly TimeSpan Flight = TimeSpan.FromSeconds(1);

    /// <summary>Each receipt with the time in which it started: an instant where it is recorded, else the second before it arrived.</summary>
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
                // Of several arrivals of one attempt only the last can be the recorded one: the others' processes died before they wrote.
                var own = record is not null && receipt.ArrivedAt >= record.StartedAt ? record : null;
                joined.Add(own is null
                    ? new(receipt, receipt.ArrivedAt - Flight, receipt.ArrivedAt, null, repeat > 0)
                    : new(receipt, own.StartedAt, own.StartedAt, own, repeat > 0));
                if (own is not null)
                    record = null;
                repeat++;
            }
        }

        return joined;
    }
}

/// <param name="Record">Null where the process that made it died before it was written.</param>
/// <param name="IsRepeat">Whether the same attempt had arrived before.</param>
sealed record Attempt(Receipt Receipt, DateTimeOffset From, DateTimeOffset To, StoredAttempt? Record, bool IsRepeat)
{
    public override string ToString() =>
        $"{Receipt.DeliveryId} attempt {Receipt.Attempt} to {Receipt.Path}, "
        + (Record is null ? "not recorded" : $"started {From:HH:mm:ss.ffffff}, ended {Record.EndedAt:HH:mm:ss.ffffff}, epoch {Record.Epoch}")
        + $", arrived {Receipt.ArrivedAt:HH:mm:ss.ffffff}";
}
