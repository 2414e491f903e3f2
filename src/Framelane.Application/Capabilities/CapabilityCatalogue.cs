namespace Framelane.Application.Capabilities;

/// <summary>What this installation can do: the answer of <c>GET /v1/capabilities</c>, and what validators read.</summary>
public sealed record CapabilityCatalogue
{
    public required IReadOnlyList<Capability> Effects { get; init; }

    public required IReadOnlyList<Capability> Motions { get; init; }

    public required IReadOnlyList<Capability> Transitions { get; init; }

    public required IReadOnlyList<Capability> BlendModes { get; init; }

    public required IReadOnlyList<Capability> Easings { get; init; }

    public required IReadOnlyList<Capability> ElementTypes { get; init; }

    public required IReadOnlyList<Capability> OutputFormats { get; init; }

    public required IReadOnlyList<Capability> InputFormats { get; init; }

    /// <summary>One entry, <c>render</c>: the numbers, switches and named values of a render request itself.</summary>
    public required IReadOnlyList<Capability> RenderParameters { get; init; }

    /// <summary>One entry a task, with its parameters.</summary>
    public required IReadOnlyList<Capability> TaskParameters { get; init; }

    public required IReadOnlyList<Capability> Fonts { get; init; }

    /// <summary>The types of event that a webhook can ask for.</summary>
    public required IReadOnlyList<Capability> Events { get; init; }

    public required CapabilityLimits Limits { get; init; }

    public required CapabilityRateLimits RateLimits { get; init; }
}

/// <summary>Sizes and counts that requests may not exceed.</summary>
public sealed record CapabilityLimits
{
    public required int BodyBytes { get; init; }

    public required int Elements { get; init; }

    public required int Transitions { get; init; }

    public required int MetadataEntries { get; init; }

    /// <summary>Characters of one text.</summary>
    public required int TextLength { get; init; }

    public required int WebhooksPerWorkspace { get; init; }

    /// <summary>Characters of a URL.</summary>
    public required int UrlLength { get; init; }

    /// <summary>Characters of a webhook's description.</summary>
    public required int DescriptionLength { get; init; }

    /// <summary>Characters of a workspace's or a key's name.</summary>
    public required int NameLength { get; init; }

    /// <summary>The longest grace of a rotation.</summary>
    public required int GracePeriodSeconds { get; init; }

    /// <summary>Rows of a list's page.</summary>
    public required int PageSize { get; init; }
}

/// <summary>Requests a minute: of a workspace by its plan, and of a client address on routes that need no key.</summary>
public sealed record CapabilityRateLimits(bool Enabled, RateLimit Free, RateLimit Pro, RateLimit Enterprise, RateLimit Unauthenticated);

public sealed record RateLimit(int RequestsPerMinute);
