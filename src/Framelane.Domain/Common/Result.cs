using System.Diagnostics.CodeAnalysis;

namespace Framelane.Domain.Common;

/// <summary>Either a value or the expected failure that took its place.</summary>
public readonly record struct Result<T>
{
    Result(T? value, Error? error) => (Value, Error) = (value, error);

    public T? Value { get; }

    public Error? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);

    public static Result<T> FromT(T value) => value;

    public static Result<T> FromError(Error error) => error;
}
