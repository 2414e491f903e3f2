namespace MediatR;

/// <summary>Marks a request of either form, so that behaviours can be constrained to requests.</summary>
public interface IBaseRequest;

/// <summary>A request that has no answer.</summary>
public interface IRequest : IBaseRequest;

/// <summary>A request that is answered with a <typeparamref name="TResponse"/>.</summary>
public interface IRequest<out TResponse> : IBaseRequest;

/// <summary>A request that is answered with a stream of <typeparamref name="TResponse"/>.</summary>
public interface IStreamRequest<out TResponse>;

/// <summary>Something that happened, told to any number of handlers.</summary>
public interface INotification;
