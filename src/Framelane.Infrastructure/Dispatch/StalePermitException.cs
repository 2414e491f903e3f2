namespace Framelane.Infrastructure.Dispatch;

/// <summary>The permit ran out before the first byte was sent: nothing left, the attempt does not count, and is made anew.</summary>
/// <remarks>A type of its own, for a handler wraps an <see cref="IOException"/> and may send a request again after one.</remarks>
sealed class StalePermitException() : Exception("The permit ran out before the attempt started.");

static class StalePermits
{
    public static bool IsStalePermit(this Exception failure) => failure is StalePermitException || failure.InnerException is StalePermitException;
}
