using System.Text;
using System.Text.Json;
using Framelane.Application.Billing;
using Framelane.Application.Billing.Events;
using Framelane.Domain.Billing;
using Framelane.Domain.Common;
using Stripe;

namespace Framelane.Infrastructure.Billing;

/// <summary>Recognises Stripe's events. Of each only what says where to look is read, so that events of any version of their API will do.</summary>
static class StripeEvents
{
    /// <summary>Seconds that an event may be old, or early, by its signature.</summary>
    public const int Tolerance = 300;

    /// <summary>After each of these a subscription may stand otherwise.</summary>
    static readonly HashSet<string> OfSubscriptions =
    [
        "customer.subscription.created", "customer.subscription.updated", "customer.subscription.deleted", "customer.subscription.paused", "customer.subscription.resumed",
    ];

    public static Result<ProviderEvent> Read(ReadOnlySpan<byte> body, string? signature, string secret, DateTimeOffset now)
    {
        // What is no UTF-8 becomes other characters, whose signature is another one.
        var text = Encoding.UTF8.GetString(body);
        return IsSigned(text, signature, secret, now) ? Parse(text) ?? (Result<ProviderEvent>)BillingErrors.NoEvent : BillingErrors.NotSigned;
    }

    static bool IsSigned(string text, string? signature, string secret, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(signature))
            return false;
        try
        {
            EventUtility.ValidateSignature(text, signature, secret, Tolerance, now.ToUnixTimeSeconds());
            return true;
        }
        catch (Exception refused) when (refused is StripeException or FormatException or OverflowException or ArgumentException)
        {
            return false;
        }
    }

    static ProviderEvent? Parse(string text)
    {
        try
        {
            var root = JsonElement.Parse(text);
            if (Text(root, "id") is not { Length: > 0 and <= BillingAccount.MaxIdLength } id || Text(root, "type") is not { Length: > 0 and <= BillingEvent.MaxTypeLength } type)
                return null;
            var isAboutSubscription = OfSubscriptions.Contains(type);
            return isAboutSubscription ? new(id, type, true, CustomerOf(root), WorkspaceOf(root)) : new(id, type, false, null);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // The latter for names and texts with half a surrogate pair.
            return null;
        }
    }

    /// <summary>An id, or the customer itself where the endpoint was set to expand it.</summary>
    static string? CustomerOf(JsonElement root) =>
        Member(Member(root, "data"), "object") is { } subject && Member(subject, "customer") is { } customer
            ? customer.ValueKind == JsonValueKind.String ? customer.GetString() : Text(customer, "id")
            : null;

    /// <summary>As a checkout notes it.</summary>
    static string? WorkspaceOf(JsonElement root) =>
        Member(Member(Member(root, "data"), "object"), "metadata") is { } noted ? Text(noted, StripeSubscriptions.WorkspaceKey) : null;

    static JsonElement? Member(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var member) ? member : null;

    static string? Text(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
