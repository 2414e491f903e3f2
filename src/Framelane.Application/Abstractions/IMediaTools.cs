namespace Framelane.Application.Abstractions;

/// <summary>The programs that read and write media.</summary>
public interface IMediaTools
{
    /// <summary>Tries them.</summary>
    Task<MediaToolsState> CheckAsync(CancellationToken cancellationToken);
}

public enum MediaToolsState
{
    /// <summary>One is not there, or does not run.</summary>
    Missing,

    /// <summary>They run with an empty environment and under limits, but see this machine's files.</summary>
    Unconfined,

    /// <summary>They run in a sandbox besides, which shows them their input alone.</summary>
    Confined,
}
