namespace Framelane.Api.Conventions.RateLimiting;

/// <summary>The route asks the payment provider, which has a limit of its own for all workspaces together: each gets a small part of it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class BillingPageAttribute : Attribute;
