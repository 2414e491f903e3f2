namespace Framelane.Application.Common;

/// <summary>Section <c>Framelane:Limits</c>; published by <c>GET /v1/capabilities</c>.</summary>
public sealed class FramelaneLimits
{
    public const string Section = "Framelane:Limits";

    /// <summary>The largest request body, in bytes.</summary>
    public int BodyBytes { get; set; } = 2 * 1024 * 1024;

    /// <summary>Elements of a render request.</summary>
    public int Elements { get; set; } = 500;

    public int Transitions { get; set; } = 500;

    public int MetadataEntries { get; set; } = 50;

    /// <summary>Characters of one text.</summary>
    public int TextLength { get; set; } = 10_000;

    public int WebhooksPerWorkspace { get; set; } = 100;
}
