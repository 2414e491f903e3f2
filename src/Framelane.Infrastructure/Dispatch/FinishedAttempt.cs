using Framelane.Domain.Deliveries;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>What came of a claimed delivery; to be recorded.</summary>
sealed class FinishedAttempt
{
    public required ClaimedDelivery Delivery { get; init; }

    /// <summary>Where it was sent to, or would have been.</summary>
    public required Uri Target { get; init; }

    public required AttemptResult Result { get; init; }

    /// <summary>The first bytes of the answer, as text.</summary>
    public required string? ResponseBody { get; init; }

    /// <summary>When its permit was checked; where no connection came about, when it was tried.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The workspace's epoch it was made under.</summary>
    public required long Epoch { get; init; }

    /// <summary>How many secrets signed it.</summary>
    public required int Signatures { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>
    /// An id for the attempt that follows: by the schedule, or because a redelivery was asked for while this one ran, after a 410 too: by now the
    /// webhook may have another url. Null where none may.
    /// </summary>
    public string? MakeNextId() =>
        Verdict.NextAttemptAt is null && (Result.IsSuccess || Delivery.OneShot) ? null : AttemptId.New(EndedAt).Value;

    /// <summary>Told once it is recorded, where somebody waits for that.</summary>
    public TaskCompletionSource? Recorded { get; init; }
}

/// <summary>A claimed delivery that was not attempted.</summary>
/// <param name="State">What becomes of it: pending again, or dead because its endpoint is disabled or deleted.</param>
sealed record UnmadeAttempt(ClaimedDelivery Delivery, DeliveryState State);
