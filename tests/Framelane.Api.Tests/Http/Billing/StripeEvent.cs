using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Framelane.Api.Tests.Http.Billing;

/// <summary>An event as Stripe sends it.</summary>
sealed record StripeEvent(string Body)
{
    public static StripeEvent Of(string customer, string type = "customer.subscription.updated", string status = "active", string? id = null, string? saysWorkspace = null)
    {
        var subject = FakeStripe.Subscription(customer, status, FakeStripe.ProPrice);
        if (saysWorkspace is not null)
            subject["metadata"] = new JsonObject { ["workspace_id"] = saysWorkspace };
        return new(new JsonObject
        {
            ["id"] = id ?? $"evt_{Guid.NewGuid():N}",
            ["object"] = "event",
            ["api_version"] = "2026-02-25.clover",
            ["created"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            ["data"] = new JsonObject { ["object"] = subject },
            ["livemode"] = false,
            ["pending_webhooks"] = 1,
            ["request"] = new JsonObject { ["id"] = null, ["idempotency_key"] = null },
            ["type"] = type,
        }.ToJsonString());
    }

    public string Id => (string)JsonNode.Parse(Body)!["id"]!;

    /// <summary>Stripe's scheme, written out: https://docs.stripe.com/webhooks#verify-manually.</summary>
    public static string Sign(string body, string secret = FakeStripe.Secret, DateTimeOffset? at = null)
    {
        var t = (at ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds();
        return $"t={t},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{t}.{body}")))}";
    }

    public Task<Answer> SendToAsync(ApiHost host) => SendAsync(host, Body, Sign(Body));

    public static Task<Answer> SendAsync(ApiHost host, string body, string? signature, params (string Name, string Value)[] headers) =>
        host.Nobody.PostAsync("/v1/billing/events", body, signature is null ? headers : [("Stripe-Signature", signature), .. headers]);
}
