using System.Globalization;

namespace Framelane.Client;

/// <summary>The span of time, around the receiver's clock, that a signed time must lie in.</summary>
readonly struct SignatureWindow
{
    // Enough for every time that DateTimeOffset can hold; more would only serve to overflow the difference.
    const int MaxDigits = 12;

    readonly TimeSpan tolerance;
    readonly TimeProvider clock;

    public SignatureWindow(TimeSpan tolerance, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tolerance, TimeSpan.Zero);
        (this.tolerance, this.clock) = (tolerance, clock);
    }

    /// <summary>Whether the text is a count of seconds: digits alone, since what is signed is the text.</summary>
    public static bool IsTime(string t) => t.Length is > 0 and <= MaxDigits && !t.AsSpan().ContainsAnyExceptInRange('0', '9');

    public WebhookSignatureFailure Judge(string t)
    {
        var age = clock.GetUtcNow().ToUnixTimeSeconds() - long.Parse(t, CultureInfo.InvariantCulture);
        if (age > tolerance.TotalSeconds)
            return WebhookSignatureFailure.TimestampTooOld;
        return -age > tolerance.TotalSeconds ? WebhookSignatureFailure.TimestampTooNew : WebhookSignatureFailure.None;
    }
}
