namespace Framelane.Bench.Proofs;

static class Deliveries
{
    public const int Pending = 0;
    public const int Succeeded = 1;
    public const int DeadLettered = 2;

    /// <summary>Deliveries that are said to have succeeded and were never received.</summary>
    public static int NeverArrived(
        IEnumerable<StoredDelivery> deliveries,
        IEnumerable<Attempt> attempts,
        Findings findings,
        Func<StoredDelivery, IEnumerable<string>>? historyOf = null)
    {
        var accepted = attempts.Where(attempt => attempt.Receipt.Accepted).Select(attempt => attempt.Receipt.DeliveryId).ToHashSet();
        var lost = 0;
        foreach (var delivery in deliveries.Where(delivery => delivery.State == Succeeded && !accepted.Contains(delivery.Id)))
        {
            findings.Add("a delivery succeeded that nobody received", $"{delivery}", historyOf?.Invoke(delivery));
            lost++;
        }

        return lost;
    }

    /// <summary>Arrivals of what the receiver had already accepted.</summary>
    public static int Duplicates(IEnumerable<Attempt> attempts) => attempts
        .GroupBy(attempt => attempt.Receipt.DeliveryId)
        .Sum(own => own.OrderBy(attempt => attempt.Receipt.ArrivedAt).SkipWhile(attempt => !attempt.Receipt.Accepted).Skip(1).Count());
}
