namespace Framelane.Domain.Usage;

/// <summary>What is used up; each has a unit of its own.</summary>
public enum UsageKind
{
    /// <summary>Milliseconds of video that renders made: 60,000 are a render-minute (contract/api.md, "Plans").</summary>
    Render,

    /// <summary>Tasks on media that were completed.</summary>
    Task,

    /// <summary>Bytes that signed URLs were given out for.</summary>
    Egress,
}
