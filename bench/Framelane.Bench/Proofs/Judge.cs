namespace Framelane.Bench.Proofs;

/// <summary>Holds each attempt against what its workspace's owner had been told when it started.</summary>
/// <param name="faultsBetween">What befell the nodes in a time, for people to read.</param>
sealed class Judge(IReadOnlyList<Tenant> tenants, Findings findings, Func<DateTimeOffset, DateTimeOffset, IEnumerable<string>>? faultsBetween = null)
{
    /// <summary>A fault from before that is over by then.</summary>
    static readonly TimeSpan Before = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Attempts that started before a change was answered and arrived long after: stopped between the check and the write, the one case
    /// outside the promise.
    /// </summary>
    public int PausedAfterCheck { get; private set; }

    /// <summary>Attempts that started within a permit's lifetime after a rotation was answered: those that could have come on an old permit.</summary>
    public int SoonAfter { get; private set; }

    public void All(IEnumerable<Attempt> attempts)
    {
        foreach (var attempt in attempts)
        {
            Signature(attempt);
            Target(attempt);
        }
    }

    void Signature(Attempt attempt)
    {
        var receipt = attempt.Receipt;
        var tenant = tenants[TenantOf(receipt)];
        List<Change<Keys>> possible = [.. tenant.Secrets.Possible(attempt.From, attempt.To)];
        var signers = tenant.Verifier.SignersOf(receipt, possible[^1].State.Current);
        if (possible.FindLast(change => change.State.Fault(signers, attempt.From, attempt.To) is null) is { } fitting)
            NotePause(attempt, tenant.Secrets.EndOf(fitting));
        else
            findings.Add(NearestFault(possible, signers, attempt), $"{attempt}; signed by {Say(signers)}", Around(attempt, tenant.Secrets));
        if (attempt.Record is { } record && record.Signatures != signers.Length)
            findings.Add("its record has another number of signatures", $"{attempt}: {record.Signatures} recorded; signed by {Say(signers)}");
        if (!receipt.SameBody)
            findings.Add("another body than the event's first", $"{attempt}");
    }

    void Target(Attempt attempt)
    {
        var path = attempt.Receipt.Path;
        if (tenants[Tenant.NumberIn(path)].TargetsOf(path) is not { } history)
            return;
        if (history.Possible(attempt.From, attempt.To).LastOrDefault(change => change.State == path) is { } fitting)
            NotePause(attempt, history.EndOf(fitting));
        else
            findings.Add("an attempt at where its webhook no longer is", $"{attempt}", Around(attempt, history));
    }

    /// <summary>By records alone: what started after a rotation was answered was made under its epoch, where that is known, or a later one.</summary>
    public void Epochs(IEnumerable<Attempt> attempts, IEnumerable<(Tenant Tenant, DateTimeOffset AnsweredAt, long Epoch)> rotations)
    {
        var byWorkspace = rotations.ToLookup(rotation => rotation.Tenant.WorkspaceId);
        foreach (var own in attempts.Where(attempt => attempt.IsTold).GroupBy(attempt => attempt.Record!.WorkspaceId))
        {
            using var answered = byWorkspace[own.Key].OrderBy(rotation => rotation.AnsweredAt).GetEnumerator();
            var (more, floor, last) = (answered.MoveNext(), 0L, DateTimeOffset.MinValue);
            foreach (var attempt in own.OrderBy(attempt => attempt.From))
            {
                for (; more && answered.Current.AnsweredAt <= attempt.From; more = answered.MoveNext())
                    (floor, last) = (Math.Max(floor, answered.Current.Epoch), answered.Current.AnsweredAt);
                if (attempt.From - last < ProofSettings.PermitLifetime)
                    SoonAfter++;
                if (attempt.Record!.Epoch < floor)
                {
                    findings.Add(
                        "an attempt under an epoch that a rotation, answered before, had ended",
                        $"{attempt}, where {floor} was reached at {last:HH:mm:ss.ffffff}",
                        Around(attempt, tenants.First(tenant => tenant.WorkspaceId == own.Key).Secrets));
                }
            }
        }
    }

    int TenantOf(Receipt receipt) =>
        receipt.Path == Tenant.JobPath ? tenants.First(tenant => receipt.BodyNames(tenant.WorkspaceId)).Number : Tenant.NumberIn(receipt.Path);

    IEnumerable<string> Around<T>(Attempt attempt, History<T> history) =>
        history.Around(attempt.From, attempt.To).Concat(faultsBetween?.Invoke(attempt.From - Before, attempt.To) ?? []);

    void NotePause(Attempt attempt, DateTimeOffset answeredAt)
    {
        if (attempt.Record is not null && attempt.Receipt.ArrivedAt - ProofSettings.PermitLifetime > answeredAt)
            PausedAfterCheck++;
    }

    /// <summary>Against the state whose secret is the first that signed, where that is among them; else against the newest.</summary>
    static string NearestFault(List<Change<Keys>> possible, int[] signers, Attempt attempt)
    {
        var nearest = possible.FindLast(change => signers is [var first, ..] && first == change.State.Current) ?? possible[^1];
        return nearest.State.Fault(signers, attempt.From, attempt.To)!;
    }

    static string Say(int[] signers) => signers.Length == 0 ? "none that is known" : string.Join(" and ", signers);
}
