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

    /// <summary>What there is for accounts beside API keys, such as <c>billing</c>.</summary>
    public required IReadOnlyList<Capability> Accounts { get; init; }

    /// <summary>What each plan allows.</summary>
    public required CapabilityPlans Plans { get; init; }

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

    /// <summary>The longest render; a png or jpg may be of a scene that lasts longer.</summary>
    public required double RenderSeconds { get; init; }

    /// <summary>Rows of a list's page.</summary>
    public required int PageSize { get; init; }
}

public sealed record CapabilityPlans(CapabilityPlan Free, CapabilityPlan Pro, CapabilityPlan Enterprise);

/// <summary>What a plan allows; null where it sets no limit.</summary>
public sealed record CapabilityPlan
{
    /// <summary>Minutes of output in a calendar month (UTC).</summary>
    public required double? RenderMinutes { get; init; }

    /// <summary>Whether more minutes than those are refused with 402; else they are billed one by one.</summary>
    public required bool HardCap { get; init; }

    /// <summary>Pixels of a canvas's longer side.</summary>
    public required int? MaxWidth { get; init; }

    /// <summary>Pixels of a canvas's shorter side.</summary>
    public required int? MaxHeight { get; init; }

    /// <summary>Renders that are worked on at a time; others wait.</summary>
    public required int? ConcurrentRenders { get; init; }

    /// <summary>Bytes of uploads and imports that are kept at a time.</summary>
    public required long? StorageBytes { get; init; }

    public required bool Watermark { get; init; }
}

/// <summary>Requests a minute: of a workspace by its plan, of a client address on routes that need no key, and to an upload's address.</summary>
public sealed record CapabilityRateLimits(bool Enabled, RateLimit Free, RateLimit Pro, RateLimit Enterprise, RateLimit Unauthenticated, RateLimit UploadParts);

public sealed record RateLimit(int RequestsPerMinute);
