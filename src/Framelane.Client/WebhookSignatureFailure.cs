namespace Framelane.Client;

/// <summary>Why a delivery was not accepted.</summary>
public enum WebhookSignatureFailure
{
    /// <summary>It was accepted.</summary>
    None = 0,

    /// <summary>The header is absent or empty: the request does not come from Framelane, or something on the way dropped it.</summary>
    MissingHeader,

    /// <summary>The header has no readable time, or more than one.</summary>
    MalformedHeader,

    /// <summary>The header has a time, but no signature of a version that is known here.</summary>
    NoSupportedSignature,

    /// <summary>No signature fits this body and secret: the body was changed (or parsed and written anew), or the secret is another.</summary>
    SignatureMismatch,

    /// <summary>Rightly signed, but longer ago than the tolerance allows: perhaps replayed.</summary>
    TimestampTooOld,

    /// <summary>Rightly signed, but for a time further ahead than the tolerance allows: perhaps this clock is slow.</summary>
    TimestampTooNew,
}
