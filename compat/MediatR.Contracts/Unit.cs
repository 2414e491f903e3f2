namespace MediatR;

/// <summary>The answer of a request that has none: one value, equal to itself.</summary>
public readonly struct Unit : IEquatable<Unit>, IComparable<Unit>, IComparable
{
    static readonly Unit Only;

    /// <summary>The only value.</summary>
    /// <remarks>MediatR.dll calls this getter by reference; as a plain value or a field it fails at run time.</remarks>
    public static ref readonly Unit Value => ref Only;

    /// <summary>The only value, as a finished task.</summary>
    public static Task<Unit> Task { get; } = System.Threading.Tasks.Task.FromResult(Only);

    public static bool operator ==(Unit first, Unit second) => true;

    public static bool operator !=(Unit first, Unit second) => false;

    public int CompareTo(Unit other) => 0;

    int IComparable.CompareTo(object? obj) => 0;

    public bool Equals(Unit other) => true;

    public override bool Equals(object? obj) => obj is Unit;

    public override int GetHashCode() => 0;

    public override string ToString() => "()";
}
