namespace Framelane.Rendering.Media;

/// <summary>What one run of a media program may use.</summary>
public sealed record MediaToolOptions
{
    /// <summary>The ffmpeg program; a bare name is looked for on PATH.</summary>
    public string Ffmpeg { get; init; } = "ffmpeg";

    /// <summary>The ffprobe program; a bare name is looked for on PATH.</summary>
    public string Ffprobe { get; init; } = "ffprobe";

    /// <summary>Bytes of address space, memory and mapped files together.</summary>
    public long AddressSpace { get; init; } = 8L << 30;

    /// <summary>Processor time of all its threads together.</summary>
    public TimeSpan ProcessorTime { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Processors of the machine; the most threads that one encoder is given.</summary>
    public int Processors { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes of the largest file that it may write.</summary>
    public long FileSize { get; init; } = 20L << 30;

    /// <summary>Whether bubblewrap is used where it works.</summary>
    public bool Sandbox { get; init; } = true;

    /// <summary>For how long a source may be looked at before it is used.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
