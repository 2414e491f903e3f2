namespace Framelane.Client;

/// <summary>A delivery must not be trusted. Answer it with 400; it holds neither the secret nor the body.</summary>
public sealed class WebhookSignatureException : Exception
{
    public WebhookSignatureException(WebhookSignatureFailure failure)
        : base(Describe(failure)) => Failure = failure;

    /// <summary>Why.</summary>
    public WebhookSignatureFailure Failure { get; }

    static string Describe(WebhookSignatureFailure failure) => failure switch
    {
        WebhookSignatureFailure.MissingHeader => "The delivery has no signature header.",
        WebhookSignatureFailure.MalformedHeader => "The delivery's signature header cannot be read.",
        WebhookSignatureFailure.NoSupportedSignature => "The delivery has no signature of a version that is known here.",
        WebhookSignatureFailure.SignatureMismatch => "No signature of the delivery fits its body and this secret.",
        WebhookSignatureFailure.TimestampTooOld => "The delivery was signed too long ago.",
        WebhookSignatureFailure.TimestampTooNew => "The delivery was signed for a time too far ahead.",
        _ => "The delivery was not accepted.",
    };
}
