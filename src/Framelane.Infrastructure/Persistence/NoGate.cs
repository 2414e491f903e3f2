namespace Framelane.Infrastructure.Persistence;

/// <summary>The turn to write of a database that locks rows itself: everybody has it.</summary>
sealed class NoGate : IDisposable
{
    public static readonly IDisposable Turn = new NoGate();

    public void Dispose()
    {
    }
}
