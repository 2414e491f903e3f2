namespace Framelane.Rendering.Media;

/// <summary>A pipe in the file system, which one program writes and another reads. Each waits until the other has opened it.</summary>
sealed class NamedPipe : IDisposable
{
    public NamedPipe(string path)
    {
        // Of a run that was killed.
        File.Delete(path);
        Pipes.Make(Path = path);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
