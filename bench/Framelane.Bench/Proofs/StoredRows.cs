namespace Framelane.Bench.Proofs;

sealed record StoredEvent(string Id, string JobId, int Sequence);

/// <param name="State">0 pending, 1 succeeded, 2 dead-lettered, 3 endpoint disabled, 4 cancelled.</param>
/// <param name="ClaimableAt">Of one that is pending: the end of its lease, where somebody holds one.</param>
/// <param name="Fence">Rises with every claim and record.</param>
sealed record StoredDelivery(
    string Id,
    string EventId,
    string? JobId,
    int Sequence,
    string? WebhookId,
    string Lane,
    int State,
    DateTimeOffset CreatedAt,
    DateTimeOffset ClaimableAt,
    long Fence)
{
    public override string ToString() =>
        $"{Id} of event {EventId}, {JobId}:{Sequence}, to {WebhookId ?? "its job's target"}, state {State}, created {CreatedAt:HH:mm:ss.ffffff}, "
        + $"claimable {ClaimableAt:yyyy-MM-dd HH:mm:ss.ffffff}, fence {Fence}";
}

/// <param name="Status">1 succeeded, 2 failed, 3 dead-lettered.</param>
/// <param name="IsAnswered">Whether it ended with the receiver's answer.</param>
sealed record StoredAttempt(
    string DeliveryId,
    int Number,
    int Status,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    long Epoch,
    int Signatures,
    string WorkspaceId,
    bool IsAnswered)
{
    public override string ToString() =>
        $"{DeliveryId} attempt {Number}, started {StartedAt:HH:mm:ss.ffffff}, ended {EndedAt:HH:mm:ss.ffffff}, epoch {Epoch}, status {Status}";
}

/// <param name="Status">3 completed, 4 failed, 5 cancelled; less while it is open.</param>
/// <param name="Runs">How often it was taken up.</param>
/// <param name="OutputKey">Where what it made lies in storage.</param>
sealed record StoredRender(string Id, int Status, int Runs, string? OutputKey, string? Error)
{
    public const int Completed = 3;

    public bool IsOpen => Status < Completed;

    public override string ToString() => $"{Id}, status {Status}, taken up {Runs} times{(Error is null ? "" : $", {Error}")}";
}
