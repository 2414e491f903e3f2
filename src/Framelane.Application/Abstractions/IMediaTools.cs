namespace Framelane.Application.Abstractions;

/// <summary>The programs that read and write media.</summary>
public interface IMediaTools
{
    /// <summary>Tries them.</summary>
    Task<MediaToolsCheck> CheckAsync(CancellationToken cancellationToken);
}

/// <param name="Fault">What is missing, as a sentence for the operator; null where nothing is.</param>
public sealed record MediaToolsCheck(MediaToolsState State, string? Fault = null);

public enum MediaToolsState
{
    /// <summary>One is not there, does not run, is too old, or was built without an encoder that is used.</summary>
    Missing,

    /// <summary>They run with an empty environment and under limits, but see this machine's files.</summary>
    Unconfined,

    /// <summary>They run in a sandbox besides, which shows them their input alone.</summary>
    Confined,
}
